import { expect, test } from '@jest/globals';
import { altFromFileName, moved, pictureInput } from './pictures.ts';

test('a picture moves to another place, and the others keep their order', () => {
  const letters = ['a', 'b', 'c', 'd'];
  expect(moved(letters, 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(letters, 3, 0)).toEqual(['d', 'a', 'b', 'c']);
  expect(moved(letters, 1, 1)).toEqual(letters);
  expect(moved(letters, 9, 0)).toEqual(letters);
});

test('uploaded pictures are sent by id, files of this server by path, others by address', () => {
  const picture = { alt: 'Lamp', width: 8, height: 9, kind: 'IMAGE' as const, media: null };
  const input = (url: string) => pictureInput({ ...picture, url }, 'https://shop.example');
  expect(input('https://shop.example/media/lamp.webp')).toMatchObject({ url: '/media/lamp.webp', width: 8 });
  expect(input('https://shop.example.evil/lamp.webp')).toMatchObject({ url: 'https://shop.example.evil/lamp.webp' });
  const uploaded = { ...picture, url: 'x', media: { id: 'm1', thumbnail: 'y' } };
  expect(pictureInput(uploaded, 'https://shop.example')).toEqual({ mediaId: 'm1', alt: 'Lamp' });
});

test('the name of a file is a first alternative text', () => {
  expect(altFromFileName('cork-lamp_2.jpg')).toBe('cork lamp 2');
});
