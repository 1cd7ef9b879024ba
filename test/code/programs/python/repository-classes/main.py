from config import Settings
from adapters.customers import CustomerRepository
from adapters.queue import Publisher

settings = Settings()
customers = CustomerRepository(settings.customers_table)
archive = CustomerRepository(table_name=settings.archive_table)
publisher = Publisher(settings.queue_url)


def handler(event, context):
    action = event["action"]
    if action == "read":
        return customers.find(event["id"])
    if action == "archive":
        customer = customers.find(event["id"])
        archive.save_all([customer])
        customers.remove(event["id"])
        publisher.send({"archived": event["id"]})
    if action == "replay":
        publisher.send_all(list(archive.everyone()))
