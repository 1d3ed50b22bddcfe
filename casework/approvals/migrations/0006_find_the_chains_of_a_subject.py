"""Whoever decides is asked for earlier acts on the same subject: found without reading every chain there ever was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approvals", "0005_meet_emergencies_and_stand_in")]

    operations = [
        migrations.AddIndex(
            model_name="approvalrequest",
            index=models.Index(fields=["subject_type", "subject_id"], name="approval_subject"),
        ),
    ]
