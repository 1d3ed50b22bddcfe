"""The other office answers a question about a pair; of questions asked before, whose they are is found out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def find_who_asked(apps, schema_editor):
    """The office of the first child asked where who asked has a role in it."""
    grants, reach = apps.get_model("accounts", "Grant").objects, apps.get_model("people", "PersonReach").objects
    hits = apps.get_model("people", "DuplicateHit")._base_manager
    for hit in hits.filter(asked_by__isnull=False):
        offices = grants.filter(user=hit.asked_by_id).values("office_id")
        seen = models.Q(office_id__in=offices) | models.Q(user_id=hit.asked_by_id)
        if reach.filter(seen, person=hit.first_id).exists():
            hits.filter(pk=hit.pk).update(asked_by_first=True)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_thresholds_of_the_duplicate_check"),
        ("accounts", "0006_position_in_english"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="duplicatehit",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[("same", "Same child"), ("different", "Another child"), ("call", "We will call you")],
                max_length=10,
                verbose_name="answer",
            ),
        ),
        migrations.AddField(
            model_name="duplicatehit",
            name="answer_text",
            field=models.CharField(blank=True, max_length=300, verbose_name="what the other office said"),
        ),
        migrations.AddField(
            model_name="duplicatehit",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="duplicatehit",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="duplicatehit",
            name="asked_by_first",
            field=models.BooleanField(
                default=False, help_text="whose office asks: of the first child, or the second"
            ),
        ),
        migrations.RunPython(find_who_asked, migrations.RunPython.noop),
    ]
