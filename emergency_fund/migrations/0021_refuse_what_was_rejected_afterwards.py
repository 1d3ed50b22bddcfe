"""What was helped first and rejected before anything was paid is refused, so that the family can appeal."""

from django.db import migrations

REFUSE = """
UPDATE emergency_fund_assistanceline AS line SET state = 'refused', approved = NULL
FROM emergency_fund_assistancerequest AS request, approvals_approvalrequest AS approval
WHERE line.request_id = request.id AND request.approval_id = approval.id
  AND request.state IN ('rejected', 'appeal') AND approval.state = 'rejected' AND approval.bypassed_by_id IS NOT NULL
  AND line.state = 'cancelled' AND line.approved > 0 AND line.paid = 0
  AND NOT EXISTS (
    SELECT FROM emergency_fund_insurancepolicy AS policy WHERE policy.line_id = line.id AND policy.ended_reason <> ''
  );
"""


class Migration(migrations.Migration):

    dependencies = [("emergency_fund", "0020_forget_what_a_step_approved"), ("approvals", "0003_approve_amounts_in_steps")]

    operations = [migrations.RunSQL(REFUSE, migrations.RunSQL.noop)]
