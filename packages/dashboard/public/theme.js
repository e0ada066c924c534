// Runs before the first paint, so that a chosen theme never flashes; the page itself reads the same key.
try {
  const chosen = localStorage.getItem('llmobserve.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage can be forbidden; the system's theme then holds.
}
