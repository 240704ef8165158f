type Rgb = [red: number, green: number, blue: number]

/** Minimum contrast of text (WCAG 2 AA). */
export const AA = 4.5

/** Backgrounds of text in an accent colour; the same as in `app.css`. */
export const SURFACE = { light: '#ffffff', dark: '#1c1e1c' } as const

const rgbOf = (colour: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16)) as Rgb

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map(value => Math.round(value).toString(16).padStart(2, '0')).join('')}`

/** Relative luminance, 0 to 1 (WCAG 2.2). */
const luminanceOf = (colour: string): number => {
  const [red, green, blue] = rgbOf(colour)
    .map(value => value / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2). */
export const contrastOf = (one: string, other: string): number => {
  const [a, b] = [luminanceOf(one), luminanceOf(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Black or white, whichever contrasts more: one of them always reaches AA. */
export const textOn = (colour: string): '#000000' | '#ffffff' =>
  contrastOf(colour, '#ffffff') >= contrastOf(colour, '#000000') ? '#ffffff' : '#000000'

const STEPS = 100

/** The nearest shade of a colour that reaches AA on a background. */
export const readableShade = (colour: string, background: string): string => {
  const from = rgbOf(colour)
  const to = rgbOf(textOn(background))
  for (let step = 0; step <= STEPS; step++) {
    const shade = hexOf(from.map((value, at) => value + (((to[at] ?? 0) - value) * step) / STEPS) as Rgb)
    if (contrastOf(shade, background) >= AA) return shade
  }
  return textOn(background)
}

/** CSS for an accent colour, in readable shades for light and dark. */
export const accentStyle = (accent: string): string =>
  `--item-accent-text: light-dark(${readableShade(accent, SURFACE.light)}, ${readableShade(accent, SURFACE.dark)})`
