from shared.counters import Counter
from shared import messages

counter = Counter()


def handler(event, context):
    counter.up(event["name"])
    messages.tell("counted", event["name"])
