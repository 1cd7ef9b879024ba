import os


class Settings:
    def __init__(self):
        self.customers_table = os.environ["CUSTOMERS_TABLE"]
        self.archive_table = os.environ["ARCHIVE_TABLE"]

    @property
    def queue_url(self):
        return os.getenv("QUEUE_URL")
