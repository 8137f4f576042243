"""What an applicant does: organisations, applications, receipts."""
