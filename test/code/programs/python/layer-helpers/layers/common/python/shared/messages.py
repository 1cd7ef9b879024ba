import boto3

sqs = boto3.resource("sqs")


def tell(what, whom):
    queue = sqs.get_queue_by_name(QueueName="counter-news")
    queue.send_message(MessageBody=what + " " + whom)
