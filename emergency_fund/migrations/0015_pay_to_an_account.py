"""A payment may be sent to an account of the family; who else was paid to it is asked about."""

from django.conf import settings
from functools import partial
from pathlib import Path

from django.db import migrations, models

from casework.reference.loading import load_terms


TERMS = Path(__file__).parents[1] / "data" / "terms_accounts.csv"


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):
    dependencies = [
        ("emergency_fund", "0014_take_another_lot_for_a_reason"),
        ("people", "0006_let_staff_declare_conflicts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="account_bank",
            field=models.CharField(
                blank=True,
                choices=[
                    ("promptpay", "PromptPay"),
                    ("002", "Bangkok Bank"),
                    ("004", "Kasikornbank"),
                    ("006", "Krungthai Bank"),
                    ("011", "TMBThanachart Bank"),
                    ("014", "Siam Commercial Bank"),
                    ("025", "Bank of Ayudhya (Krungsri)"),
                    ("030", "Government Savings Bank"),
                    ("034", "Bank for Agriculture (BAAC)"),
                    ("other", "Another bank"),
                ],
                max_length=10,
                verbose_name="bank",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="account_holder",
            field=models.CharField(blank=True, max_length=120, verbose_name="whose account"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="account_number",
            field=models.CharField(blank=True, help_text="digits alone", max_length=20, verbose_name="account"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="account_reference",
            field=models.CharField(blank=True, max_length=60, verbose_name="reference of the transfer"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="proof",
            field=models.CharField(
                choices=[
                    ("paper", "An identity paper"),
                    ("known_to_staff", "Known to the staff"),
                    ("thumb_print", "Thumb print before a witness"),
                    ("witness", "A witness knows them"),
                    ("bank_slip", "The bank’s slip"),
                ],
                max_length=14,
                verbose_name="how we know who it was",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("account_number", ""), _negated=True),
                fields=["account_number"],
                name="delivery_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("account_bank", ""),
                        ("account_holder", ""),
                        ("account_number", ""),
                        ("account_reference", ""),
                        models.Q(("proof", "bank_slip"), _negated=True),
                    ),
                    models.Q(
                        ("pick_list__isnull", True),
                        ("proof", "bank_slip"),
                        models.Q(("account_bank", ""), _negated=True),
                        models.Q(("account_number", ""), _negated=True),
                        models.Q(("account_holder", ""), _negated=True),
                        models.Q(("account_reference", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="A transfer says to which account and has its slip",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
