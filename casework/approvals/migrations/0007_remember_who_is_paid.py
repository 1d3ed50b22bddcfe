"""Who has to do with a supplier or provider does not decide on what is paid to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approvals", "0006_find_the_chains_of_a_subject")]

    operations = [
        migrations.AddField(
            model_name="approvalrequest", name="organisations", field=models.JSONField(default=list)
        ),
    ]
