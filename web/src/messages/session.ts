// Signing in.

export const session = {
  title: "Sign in",
  hint: "This server asks for its access key.",
  key: "Access key",
  keyHint: "The value of SEMBLANCE_KEY on the server.",
  submit: "Sign in",
  signOut: "Sign out",
  wrong: "This key is not the right one.",
};
