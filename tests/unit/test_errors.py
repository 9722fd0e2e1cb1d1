from ganart.errors import DiskFull


def test_a_sentence_stands_even_where_a_detail_was_forgotten():
    text = str(DiskFull(folder="Art"))
    assert text.startswith("The disk that holds Art is full: … are needed")
    assert text.endswith("then try again.")
