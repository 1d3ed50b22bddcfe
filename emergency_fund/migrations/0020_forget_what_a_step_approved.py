"""What one step approved of a request that was then rejected or returned holds no more."""

from django.db import migrations

FORGET = """
UPDATE emergency_fund_assistanceline SET approved = NULL WHERE state = 'refused' AND approved > 0;
UPDATE emergency_fund_assistanceline AS line SET approved = NULL
FROM emergency_fund_assistancerequest AS request
WHERE line.request_id = request.id AND line.state = 'asked' AND line.approved IS NOT NULL
  AND request.state IN ('returned', 'submitted', 'screened');
"""


class Migration(migrations.Migration):

    dependencies = [("emergency_fund", "0019_pay_again_what_came_back")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
