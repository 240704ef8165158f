type Rgb = [red: number, green: number, blue: number]

/** What WCAG 2 AA asks of text. */
export const AA = 4.5

/** The surfaces that text in an accent colour stands on; those of `app.css`. */
export const SURFACE = { light: '#ffffff', dark: '#1c1e1c' } as const

const rgbOf = (colour: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16)) as Rgb

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map(value => Math.round(value).toString(16).padStart(2, '0')).join('')}`

/** Relative luminance, 0 to 1, after WCAG 2.2. */
const luminanceOf = (colour: string): number => {
  const [red, green, blue] = rgbOf(colour)
    .map(value => value / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast of two `#rrggbb` colours after WCAG 2.2, 1 to 21. */
export const contrastOf = (one: string, other: string): number => {
  const [a, b] = [luminanceOf(one), luminanceOf(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Black or white, whichever reads better on a colour: one of them always reaches AA. */
export const textOn = (colour: string): '#000000' | '#ffffff' =>
  contrastOf(colour, '#ffffff') >= contrastOf(colour, '#000000') ? '#ffffff' : '#000000'

const STEPS = 100

/** The colour itself where it reaches AA on a background, else the nearest darker (or lighter) shade that does. */
export const readableShade = (colour: string, background: string): string => {
  const from = rgbOf(colour)
  const to = rgbOf(textOn(background))
  for (let step = 0; step <= STEPS; step++) {
    const shade = hexOf(from.map((value, at) => value + (((to[at] ?? 0) - value) * step) / STEPS) as Rgb)
    if (contrastOf(shade, background) >= AA) return shade
  }
  return textOn(background)
}

/** An accent colour as CSS: in a shade that is readable as text, in light and in dark. */
export const accentStyle = (accent: string): string =>
  `--item-accent-text: light-dark(${readableShade(accent, SURFACE.light)}, ${readableShade(accent, SURFACE.dark)})`
