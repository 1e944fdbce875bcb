"""The codec benchmark's Python side: JSON by json_format, which is Python on messages of upb in C.

usage: codec_json.py FOLDER, with what codec_table.py puts there; prints CASE NANOSECONDS for each.
"""

import pathlib
import sys
import time

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.internal import api_implementation


def measure(name: str, body) -> None:
    count = 1
    # The last and longest batch counts; the shorter ones warm up.
    while True:
        begin = time.thread_time_ns()
        for _ in range(count):
            body()
        spent = time.thread_time_ns() - begin
        if spent > 40e6:
            print(name, spent / count, flush=True)
            return
        count *= 8 if spent < 4e6 else 2


def types(folder: pathlib.Path) -> dict[str, type]:
    """The messages that are measured, by the name of their files."""
    pool = descriptor_pool.DescriptorPool()
    files = descriptor_pb2.FileDescriptorSet.FromString((folder / "order.set").read_bytes())
    for file in files.file:
        pool.Add(file)
    return {
        name: message_factory.GetMessageClass(
            pool.FindMessageTypeByName(f"klinke.bench.v1.{full_name}")
        )
        for name, full_name in (("order", "Order"), ("list", "OrderList"))
    }


def main(folder: pathlib.Path) -> None:
    if api_implementation.Type() != "upb":
        sys.exit("codec_json: protobuf is not on upb here")
    for name, message in types(folder).items():
        sample = message.FromString((folder / f"{name}.bin").read_bytes())
        text = (folder / f"{name}.json").read_text()
        if json_format.Parse(text, message()) != sample:
            sys.exit(f"codec_json: {name}.json is not {name}.bin")
        measure(f"decode {name}.json", lambda: json_format.Parse(text, message()))
        measure(f"encode {name}.json", lambda: json_format.MessageToJson(sample, indent=None))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
