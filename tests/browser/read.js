// Scrolls down to the end and up again, as a reader does, so that all that waits for it is loaded.
async () => {
  const drawn = () => new Promise(requestAnimationFrame);
  for (let top = 0; top < document.body.scrollHeight; top += 2 * innerHeight) {
    scrollTo({ top, behavior: "instant" });
    await drawn();
  }
  scrollTo({ top: 0, behavior: "instant" });
  await drawn();
  await drawn();
}
