/** Something that the user can mend: its message is all that is printed, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
