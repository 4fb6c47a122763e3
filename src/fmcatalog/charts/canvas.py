"""What of matplotlib is drawn with, loaded without the texts that it would write of its classes."""

from __future__ import annotations

from matplotlib import artist

# Nobody reads here which properties a class has; finding out takes a quarter of the import.
artist.kwdoc = lambda artist: ""  # noqa: ARG005

from matplotlib.figure import Figure  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Rectangle  # noqa: E402
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator  # noqa: E402

__all__ = ["Figure", "FixedLocator", "FuncFormatter", "Line2D", "NullLocator", "Rectangle"]
