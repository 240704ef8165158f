import { createRoom, deleteForGood, editItem } from '@foyer/doc'
