/** What a support assistant would know of its product. */
export const HANDBOOK: readonly string[] = [
  'Invoices are issued on the first day of each month and are due within thirty days. A late invoice pauses exports, never logins.',
  'A workspace can be exported as CSV at any time. The export holds every record, its history and the names of those who changed it.',
  'Two-factor sign-in is required for owners. Codes come from an authenticator app; recovery codes are shown once and can be renewed.',
  'Records that were deleted can be restored for thirty days by an owner. After that they are gone, also from our backups within a week.',
  'The import reads CSV and Excel. Columns are matched by name; what does not match is listed before anything is written.',
  'Support answers within one working day on the free plan, within four hours on Pro, and within one hour on Enterprise.',
  'Roles are owner, editor and reader. A reader sees everything but changes nothing; an editor cannot invite or remove people.',
  'Webhooks are signed. A delivery that fails is tried again for a day, with longer pauses each time, and is then shown as failed.',
];
