"""What is missing of an advance is explained by two people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0006_two_people_fill_a_box"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="advanceentry", name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="advanceentry", name="reason",
            field=models.CharField(
                blank=True, default="", help_text="why it is missing", max_length=300, verbose_name="reason"
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="advanceentry", name="kind",
            field=models.CharField(
                choices=[("receipt", "Paid, with a receipt"), ("back", "Brought back"), ("short", "Missing")],
                max_length=7, verbose_name="what",
            ),
        ),
        migrations.AddConstraint(
            model_name="advanceentry",
            constraint=models.CheckConstraint(
                condition=~Q(kind="short")
                | (~Q(reason="") & Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="Two people explain what is missing of an advance",
            ),
        ),
    ]  # fmt: skip
