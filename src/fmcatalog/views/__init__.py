"""What templates see: one frozen view a kind of page, made from the catalog and its statistics.

Views hold text, numbers that :mod:`fmcatalog.stats` counted, and paths from the top of the site
(``models/medsam/``). They hold no markup, no relative address and no drawing: the site turns paths
into links and figures into drawings.
"""
