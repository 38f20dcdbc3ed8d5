"""The search for hidden values finds one however it is sent; so it finds nothing only where nothing is."""

from __future__ import annotations

import base64
import gzip
import json

import pyarrow as pa
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.frames import found_in

SECRET = 48151623
OTHER = 48151624


def text(body: str) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = body
    return message


def table(value: object) -> ForwardMsg:
    sink = pa.BufferOutputStream()
    data = pa.table({"said": [value]})
    with pa.ipc.new_stream(sink, data.schema) as stream:
        stream.write_table(data)
    message = ForwardMsg()
    message.delta.new_element.dataframe.arrow_data.data = sink.getvalue().to_pybytes()
    return message


def chart(datum: object) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.vega_lite_chart.spec = json.dumps({"data": {"values": [{"v": datum}]}})
    return message


def slider(value: float) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.slider.default.append(value)
    return message


def pressed(value: str) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.radio.options.append(value)
    return message


SENT = {
    "as it is": text(f"They said {SECRET}."),
    "with separators": text("48,151,623 CNY"),
    "with thin spaces": text("48\u202f151\u202f623"),
    "as a Chinese number": text("4815.1623\u2009万元"),
    "with decimals": text("48,151,623.00"),
    "as a thousandth": text("48.151623 million"),
    "in base64": text(base64.b64encode(f'{{"value": {SECRET}}}'.encode()).decode()),
    "in packed base64": text(
        "data:;base64," + base64.urlsafe_b64encode(gzip.compress(f"a {SECRET} b".encode())).decode()
    ),
    "in a table": table(SECRET),
    "in a table of texts": table("48 151 623"),
    "in a table of doubles": table(float(SECRET)),
    "in a chart": chart(SECRET),
    "as a double": slider(float(SECRET)),
    "among options": pressed(str(SECRET)),
}


@pytest.mark.parametrize("how", SENT)
def test_a_value_is_found_however_it_is_sent(how: str) -> None:
    assert found_in(SENT[how].SerializeToString(), frozenset({SECRET, OTHER})) == {SECRET}


def test_what_is_not_there_is_not_found() -> None:
    near = text(f"1{SECRET} {SECRET}1 4815162 ab{SECRET}cd 8151623")
    assert found_in(near.SerializeToString(), frozenset({SECRET, OTHER})) == frozenset()
