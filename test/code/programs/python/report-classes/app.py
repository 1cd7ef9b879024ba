from reports.daily import Daily


def handler(event, context):
    return Daily.create(event).run()
