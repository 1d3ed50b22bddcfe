from io import BytesIO

import pytest
from PIL import Image

from casework.documents.pages import MOST_BYTES, NoSuchPage, page_picture
from casework.documents.pdf import render

BUSY = "<html lang='th'><body>" + "<p>ทะเบียนการเกิดของเด็กในอำเภอแม่สอด 1234567890</p>" * 34 + "</body></html>"


def test_a_page_picture_is_webp_of_the_page_and_small():
    picture = page_picture(render(BUSY, language="th"), 1)
    image = Image.open(BytesIO(picture))
    assert image.format == "WEBP"
    assert len(picture) <= MOST_BYTES
    assert image.height / image.width == pytest.approx(297 / 210, rel=0.01)
    assert image.convert("L").getextrema()[0] < 100, "there is dark text on it"


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(NoSuchPage):
        page_picture(render("<p>one</p>", language="en"), page)
