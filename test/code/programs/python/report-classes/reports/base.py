from __future__ import annotations
import abc
import os
import time
import boto3


class AwsMixin:
    _clients: dict = {}

    @classmethod
    def aws(cls, name):
        return cls._clients.setdefault(name, boto3.client(name))


class Report(AwsMixin, abc.ABC):
    workgroup = "bi"

    def __init__(self, event):
        self.event = event
        self.bucket = os.environ.get("BUCKET")

    @classmethod
    def create(cls, event):
        return cls(event)

    @abc.abstractmethod
    def sql(self): ...

    def run(self):
        rows = self._query()
        self._save(rows)
        self.notify()

    def _query(self):
        athena = self.aws("athena")
        qid = athena.start_query_execution(QueryString=self.sql(), WorkGroup=self.workgroup)["QueryExecutionId"]
        while athena.get_query_execution(QueryExecutionId=qid)["QueryExecution"]["Status"]["State"] not in ("SUCCEEDED",):
            time.sleep(1)
        return athena.get_query_results(QueryExecutionId=qid)["ResultSet"]["Rows"]

    def _save(self, rows):
        key = f"reports/{self.__class__.__name__}.csv"
        self.aws("s3").put_object(Bucket=self.bucket, Key=key, Body=b"")
        self.link = self.aws("s3").generate_presigned_url("get_object", Params={"Bucket": self.bucket, "Key": key}, ExpiresIn=60)

    def notify(self):
        pass
