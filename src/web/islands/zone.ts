// Tells the sign-up form the browser's time zone.
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-zone]')) {
  input.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}
