"""A box of cash is put out of use when it is empty; two people bring its cash back to the bank."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0003_follow_cash_to_finance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="cashbox", name="retired_at",
            field=models.DateTimeField(help_text="when it was put out of use, empty and counted", null=True),
        ),
        migrations.AddField(
            model_name="cashbox", name="retired_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cashbox", name="retired_reason",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="why it is not in use"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="cashbox",
            constraint=models.CheckConstraint(
                condition=Q(retired_at__isnull=True)
                | (Q(balance=0, is_active=False, retired_by__isnull=False) & ~Q(retired_reason="")),
                name="A box is put out of use when it is empty",
            ),
        ),
        migrations.AddField(
            model_name="cashmovement", name="confirmed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="cashmovement", name="kind",
            field=models.CharField(
                choices=[
                    ("fill", "Filled from the bank"), ("pay_out", "Paid out"), ("give_back", "Given back"),
                    ("to_bank", "Brought back to the bank"), ("advance", "Advance given"),
                    ("settle", "Brought back from an advance"), ("count_more", "Counted more"),
                    ("count_less", "Counted less"),
                ],
                max_length=12, verbose_name="what",
            ),
        ),
        migrations.RemoveConstraint(model_name="cashmovement", name="Cash from the bank has its reference"),
        migrations.AddConstraint(
            model_name="cashmovement",
            constraint=models.CheckConstraint(
                condition=~Q(kind__in=["fill", "to_bank"]) | ~Q(reference=""), name="Cash from the bank has its reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="cashmovement",
            constraint=models.CheckConstraint(
                condition=~Q(kind="to_bank") | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="Two people bring cash back to the bank",
            ),
        ),
    ]  # fmt: skip
