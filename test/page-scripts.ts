/** Scripts that tests run inside a page; as strings, since the project's own code knows no DOM. */

/** The right edge of what reaches furthest to the right, in CSS pixels, hidden overflow included. */
export const RIGHTMOST_EDGE = `Math.max(
  document.documentElement.scrollWidth,
  ...Array.from(document.querySelectorAll('body *'), (element) => element.getBoundingClientRect().right),
)`;

/** Words whose colour is closer than 4.5 to the nearest background behind them (WCAG 2.2, 1.4.3). */
export const LOW_CONTRASTS = `(() => {
  const numbers = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = numbers(color)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return numbers(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
  };
  const hasWords = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && /\\w/.test(node.textContent));
  return [...document.querySelectorAll('body *')]
    .filter((element) => hasWords(element) && element.checkVisibility({ opacityProperty: true }))
    .filter((element) => {
      const [low, high] = [getComputedStyle(element).color, backgroundOf(element)].map(luminance).sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05) < 4.5;
    })
    .map((element) => element.textContent);
})()`;
