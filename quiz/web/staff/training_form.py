"""What officers fill in about a training session."""

from datetime import datetime, time

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from quiz.domain import calendar
from quiz.domain.training import Plan
from quiz.records.training import TrainingSession
from quiz.web.fields import NO_TIME, DayField, hours_and_minutes, must_be_time

FIELDS = {"training-place": "place", "training-trainer": "trainer", "training-day": "day",
          "training-capacity": "capacity", "training-notes": "notes"}  # fmt: skip


class PlanForm(FlaskForm):
    """When, where, by whom, and for how many."""

    day = DayField("Day", [InputRequired("Enter the day")])
    at = StringField("Start time", [DataRequired(NO_TIME), must_be_time])
    place = StringField("Place", [DataRequired("Say where")])
    trainer = StringField("Trainer", [DataRequired("Say who gives the training")])
    capacity = IntegerField("Places", [InputRequired("Enter how many places there are")])
    notes = TextAreaField("Notes (optional)")

    def plan(self) -> Plan:
        """What was typed, of a form that is fine."""
        moment = datetime.combine(self.day.data, hours_and_minutes(self.at.data or "") or time(), calendar.LONDON)
        place, trainer, notes = (one.data or "" for one in (self.place, self.trainer, self.notes))
        return Plan(moment, place, trainer, self.capacity.data or 0, notes)


class ListForm(FlaskForm):
    """Licence numbers of those who came, as they were pasted."""

    numbers = TextAreaField("Licence numbers of drivers who came", [DataRequired("Paste at least one number")])
    reason = StringField("Why (only where attendance was noted before)")


class CancelForm(FlaskForm):
    """Why it does not take place."""

    why = StringField("Why is it cancelled?", [DataRequired("Say why")])


def filled(row: TrainingSession) -> PlanForm:
    """The form of a session that is there."""
    at = row.starts_at.astimezone(calendar.LONDON)
    return PlanForm(day=row.day, at=f"{at:%H:%M}", place=row.place, trainer=row.trainer, capacity=row.capacity,
                    notes=row.notes)  # fmt: skip
