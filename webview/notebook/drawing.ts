/** Properties that make up how the picture looks; the rest is layout that the frame gives anew. */
const PROPERTIES = [
  'color', 'background-color', 'background-image', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-radius', 'box-shadow', 'opacity', 'font-family', 'font-size', 'font-weight', 'font-style',
  'line-height', 'text-decoration-line', 'text-align', 'white-space', 'overflow', 'text-overflow', 'display', 'position', 'left', 'top', 'right', 'bottom', 'width', 'height', 'min-width', 'padding', 'margin',
  'flex', 'flex-direction', 'flex-wrap', 'align-items', 'justify-content', 'place-items', 'gap', 'z-index', 'box-sizing', 'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'clip-path',
  'list-style-type', 'border-collapse', 'border-spacing', 'vertical-align', 'margin-inline-start', 'margin-inline-end',
];

/** What is drawn in an element, as an SVG file that needs nothing else: its HTML with every style written out. Text stays text. */
export function svgOf(element: HTMLElement): string {
  const { height } = element.getBoundingClientRect();
  // what is scrolled out of sight belongs to it
  const width = element.scrollWidth;
  const copy = element.cloneNode(true) as HTMLElement;
  inline(element, copy);
  copy.setAttribute('xmlns', 'http://www.w3.org/1999/xhtml');
  const background = getComputedStyle(document.body).backgroundColor;
  copy.style.backgroundColor = background;
  copy.style.margin = '0';
  const w = Math.ceil(width);
  const h = Math.ceil(Math.max(height, element.scrollHeight));
  // XMLSerializer escapes whatever names and texts are in it
  const html = new XMLSerializer().serializeToString(copy);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"><foreignObject width="100%" height="100%">${html}</foreignObject></svg>\n`;
}

function inline(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  const text = PROPERTIES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
  to.setAttribute('style', text);
  for (const name of ['class', 'id', 'data-ref', 'tabindex']) to.removeAttribute(name);
  for (let n = 0; n < from.children.length; n++) {
    const a = from.children[n];
    const b = to.children[n];
    if (a && b) inline(a, b);
  }
}

/** The same as a PNG, twice as large as on the screen: base64 without a prefix. Rejects where the browser refuses to draw it. */
export async function pngOf(element: HTMLElement): Promise<string> {
  const svg = svgOf(element);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
