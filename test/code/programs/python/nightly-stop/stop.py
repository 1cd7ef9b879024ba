import datetime

import boto3


def regions():
    return [r["RegionName"] for r in boto3.client("ec2").describe_regions()["Regions"]]


def stop_instances(region):
    ec2 = boto3.resource("ec2", region_name=region)
    running = ec2.instances.filter(Filters=[{"Name": "instance-state-name", "Values": ["running"]}])
    stopped = 0
    for instance in running:
        tags = {t["Key"]: t["Value"] for t in instance.tags or []}
        if tags.get("keep") == "yes":
            continue
        instance.stop()
        instance.create_tags(Tags=[{"Key": "stopped", "Value": datetime.date.today().isoformat()}])
        stopped += 1
    return stopped


def stop_databases(region):
    rds = boto3.client("rds", region_name=region)
    for page in rds.get_paginator("describe_db_instances").paginate():
        for database in page["DBInstances"]:
            if database["DBInstanceStatus"] == "available":
                rds.stop_db_instance(DBInstanceIdentifier=database["DBInstanceIdentifier"])


def lambda_handler(event, context):
    total = 0
    for region in regions():
        total += stop_instances(region)
        stop_databases(region)
    boto3.client("cloudwatch").put_metric_data(
        Namespace="Nightly", MetricData=[{"MetricName": "Stopped", "Value": total}]
    )
