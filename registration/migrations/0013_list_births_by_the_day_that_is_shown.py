"""Of two births whose limits a holiday moves to one day, the one that is due first stands first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("registration", "0012_say_why_a_paper_cannot_be_had")]

    operations = [
        migrations.RemoveIndex(model_name="birthrecord", name="birth_queue"),
        migrations.AddIndex(
            model_name="birthrecord",
            index=models.Index(
                models.Case(models.When(status__in=["draft", "assessing", "gathering", "ready"], then=0), default=1),
                models.OrderBy(models.F("notify_effective_on"), nulls_last=True),
                models.OrderBy(models.F("notify_due_on"), nulls_last=True),
                models.F("status_since"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "closed"), _negated=True),
                name="birth_queue",
            ),
        ),
    ]
