// Sets the chosen theme before the first paint, so that nobody sees a white flash. Kept in step with lib/theme.ts.
try {
  const theme = localStorage.getItem('tealdesk.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage can be switched off; the system's theme is used then.
}
