from shop.container import container


def lambda_handler(event, context):
    service = container().orders
    service.place(event["body"])
    return service.of_day(event["day"])
