"""An entry of two people names both; those that were proposed before are looked up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

LOOK_UP = """
UPDATE funds_budgetentry e SET proposed_by_id = p.proposed_by_id FROM approvals_proposal p
WHERE e.by_id <> p.proposed_by_id AND p.state = 'confirmed' AND (
    p.kind = 'funds.line.give' AND e.key = 'proposal-' || p.id
    OR p.kind = 'funds.line.take_back' AND e.key = 'reverses-' || (p.facts ->> 'entry')
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0008_limit_advances"),
        ("approvals", "0008_say_in_each_language_what_is_proposed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="budgetentry", name="proposed_by",
            field=models.ForeignKey(
                help_text="where two people decided; `by` confirmed", null=True,
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL([LOOK_UP, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="budgetentry",
            constraint=models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | ~Q(proposed_by=F("by")),
                name="Who proposed an entry does not confirm it",
            ),
        ),
    ]  # fmt: skip
