import { IconButton, Picture } from '@souk/ui';
import { ArrowLeft, ArrowRight, Pencil, Trash2 } from 'lucide-react';
import type { DragEvent } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ProductPicture } from './pictures.ts';

/** The drag-and-drop MIME type of a picture in the list. It differs from the type of a dropped file. */
const DRAGGED = 'application/x-souk-picture';
const ICON = { 'aria-hidden': true, className: 'size-4', strokeWidth: 1.75 } as const;

export interface PictureTileProps {
  readonly picture: ProductPicture;
  readonly place: { readonly index: number; readonly count: number };
  readonly disabled: boolean;
  readonly onMove: (from: number, to: number) => void;
  readonly onDescribe: () => void;
  readonly onRemove: () => void;
}

/** A picture of a product. Staff move it by drag and drop, or by buttons. */
export function PictureTile({ picture, place, disabled, onMove, onDescribe, onRemove }: PictureTileProps) {
  const { t } = useI18n();
  const { url, alt, width, height, media } = picture;
  const { index, count } = place;
  const name = alt || t('product.pictures.number', { number: index + 1 });
  const drop = (event: DragEvent) => {
    const from = event.dataTransfer.getData(DRAGGED);
    if (from === '') return;
    event.preventDefault();
    onMove(Number(from), index);
  };
  return (
    <li>
      <div
        draggable={!disabled}
        onDragStart={({ dataTransfer }) => dataTransfer.setData(DRAGGED, String(index))}
        onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
        onDrop={drop}
        className="overflow-hidden rounded-control border"
      >
        <Picture src={media?.thumbnail ?? url} alt="" width={width} height={height} className="aspect-square" />
        <p className="truncate px-2 pt-1.5 text-12 text-ink-2" title={alt}>
          {alt || t('product.pictures.noAlt')}
        </p>
        <div className="flex justify-between">
          <IconButton
            size="small"
            label={t('product.pictures.earlier', { name })}
            disabled={disabled || index === 0}
            onClick={() => onMove(index, index - 1)}
          >
            <ArrowLeft {...ICON} className="size-4 rtl:rotate-180" />
          </IconButton>
          <IconButton
            size="small"
            label={t('product.pictures.later', { name })}
            disabled={disabled || index === count - 1}
            onClick={() => onMove(index, index + 1)}
          >
            <ArrowRight {...ICON} className="size-4 rtl:rotate-180" />
          </IconButton>
          <IconButton
            size="small"
            label={t('product.pictures.describe', { name })}
            disabled={disabled}
            onClick={onDescribe}
          >
            <Pencil {...ICON} />
          </IconButton>
          <IconButton
            size="small"
            label={t('product.pictures.remove', { name })}
            disabled={disabled}
            onClick={onRemove}
          >
            <Trash2 {...ICON} />
          </IconButton>
        </div>
      </div>
    </li>
  );
}
