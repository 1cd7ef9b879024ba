from adapters.base import DynamoRepository


class CustomerRepository(DynamoRepository):
    def find(self, customer_id):
        return self.table.get_item(Key={"id": customer_id}).get("Item")

    def remove(self, customer_id):
        self.table.delete_item(Key={"id": customer_id})

    def save_all(self, customers):
        with self.table.batch_writer() as batch:
            for customer in customers:
                batch.put_item(Item=customer)
