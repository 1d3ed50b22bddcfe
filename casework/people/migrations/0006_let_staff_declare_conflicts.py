"""A conflict of interest is declared with a person or an organisation, holds for a time, and is ended with a reason."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_keep_few_entries_unsorted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="conflictofinterest",
            options={"ordering": ["-declared_on", "-pk"], "verbose_name_plural": "conflicts of interest"},
        ),
        migrations.RemoveConstraint(model_name="conflictofinterest", name="A conflict is declared once"),
        migrations.AlterField(
            model_name="conflictofinterest", name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="people.person"
            ),
        ),
        migrations.AlterField(
            model_name="conflictofinterest", name="reason",
            field=models.CharField(max_length=200, verbose_name="how they have to do with each other"),
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="named_by",
            field=models.CharField(blank=True, default="", help_text="the number by which the family was named", max_length=24),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="organisation",
            field=models.CharField(blank=True, default="", max_length=160, verbose_name="supplier or provider"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="organisation_key",
            field=models.CharField(blank=True, default="", help_text="its name without case and spaces", max_length=160),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="from_on",
            field=models.DateField(help_text="without one since ever", null=True, verbose_name="from"),
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="until_on",
            field=models.DateField(help_text="the last day, where it ends by itself", null=True, verbose_name="until"),
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="ended_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="conflictofinterest", name="ended_reason",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="why it ended"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.UniqueConstraint(
                condition=Q(ended_at__isnull=True, until_on__isnull=True), fields=("user", "person"),
                name="A conflict with a person is declared once",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.UniqueConstraint(
                condition=Q(ended_at__isnull=True, until_on__isnull=True) & ~Q(organisation_key=""),
                fields=("user", "organisation_key"), name="A conflict with an organisation is declared once",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.CheckConstraint(
                condition=(Q(person__isnull=False) & Q(organisation_key=""))
                | (Q(person__isnull=True) & ~Q(organisation_key="")),
                name="A conflict is with a person or with an organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="A conflict ends after it begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason="")),
                name="Who ends a conflict says why",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictofinterest",
            constraint=models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("user")), name="Nobody ends their own conflict"
            ),
        ),
    ]  # fmt: skip
