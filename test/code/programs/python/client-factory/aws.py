import boto3
from botocore.config import Config

_clients = {}
_config = Config(retries={"max_attempts": 5, "mode": "adaptive"})


def client(service, **more):
    if service not in _clients:
        _clients[service] = boto3.session.Session().client(service, config=_config, **more)
    return _clients[service]


def settings_under(path):
    pages = client("ssm").get_paginator("get_parameters_by_path").paginate(Path=path, Recursive=True)
    for page in pages:
        for parameter in page["Parameters"]:
            yield parameter["Value"]
