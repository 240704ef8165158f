import * as Y from 'yjs'
import { createRoom, editItem, readItems } from './src/index.ts'
const doc = new Y.Doc()
doc.transact(() => {
for (let i=0;i<10000;i++){ const id = createRoom(doc,{name:'Room number '+i, cover:{image:'a'.repeat(64),width:100,height:100}}, 1e12+i)
 editItem(doc,{kind:'room',id},{look:{accent:'#aabbcc',welcome:'hi'},lobby:{layout:'centered',message:'hello'},deletedAt:null},1e12+i+1) }
})
const d = new Y.Doc(); Y.applyUpdate(d,Y.encodeStateAsUpdate(doc))
for(let i=0;i<60;i++) readItems(d,'room')
