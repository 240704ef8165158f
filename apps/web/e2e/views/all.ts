import { guestViews } from './guest.ts'
import { homeViews } from './home.ts'
import { itemViews } from './items.ts'
import { pageViews } from './pages.ts'

export const views = [...homeViews, ...pageViews, ...guestViews, ...itemViews]
