"""Who sees to a case, as it stands at the top of the screens."""

from app.shapes import Named


class Ball(Named):
    """Somebody who has the ball, or stands in."""

    is_me: bool
