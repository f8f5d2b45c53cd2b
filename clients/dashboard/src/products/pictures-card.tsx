import { Button, Card, classNames, Dialog, TextField } from '@souk/ui';
import { Upload } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { PictureTile } from './picture-tile.tsx';
import type { PictureEditing } from './use-pictures.ts';
import type { RunningUpload } from './use-uploads.ts';

/** The image formats that the server accepts. */
const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

/** The card with the product's pictures: upload, order, alternative texts and removal. */
export function PicturesCard({ pictures }: { readonly pictures: PictureEditing }) {
  const { t } = useI18n();
  const { media } = pictures;
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [described, setDescribed] = useState<number | null>(null);
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setIsOver(false);
    void pictures.add([...event.dataTransfer.files]);
  };
  const choose = (files: FileList | null) => {
    if (files) void pictures.add([...files]);
    if (input.current) input.current.value = ''; // the same file may be chosen again
  };
  return (
    <Card
      title={t('product.pictures')}
      aside={
        <Button
          size="small"
          icon={<Upload aria-hidden className="size-4" strokeWidth={1.75} />}
          onClick={() => input.current?.click()}
        >
          {t('product.pictures.upload')}
        </Button>
      }
    >
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-label={t('product.pictures.upload')}
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => choose(target.files)}
      />
      <div
        onDragOver={(event) => {
          if (!hasFiles(event)) return;
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        className={classNames(
          'flex flex-col gap-3 rounded-control',
          isOver && 'bg-accent-soft outline-2 outline-accent',
        )}
      >
        <ul className="grid grid-cols-2 gap-3">
          {media.map((picture, index) => (
            <PictureTile
              key={`${index} ${picture.url}`}
              picture={picture}
              place={{ index, count: media.length }}
              disabled={pictures.isSaving}
              onMove={pictures.move}
              onDescribe={() => setDescribed(index)}
              onRemove={() => pictures.remove(index)}
            />
          ))}
        </ul>
        <Uploads uploads={pictures.uploads} />
        <p className="rounded-control border border-dashed px-3 py-4 text-center text-14 text-ink-2">
          {t('product.pictures.drop')}
        </p>
      </div>
      <AltDialog
        key={described}
        alt={described === null ? null : (media[described]?.alt ?? '')}
        onClose={() => setDescribed(null)}
        onSave={(alt) => described !== null && pictures.describe(described, alt)}
      />
    </Card>
  );
}

function Uploads({ uploads }: { readonly uploads: readonly RunningUpload[] }) {
  const { t } = useI18n();
  if (uploads.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2" role="status">
      {uploads.map(({ key, name, share }) => (
        <li key={key} className="text-14">
          <p className="flex justify-between gap-3">
            <span className="truncate">{name}</span>
            <span className="text-ink-3">
              {share < 1 ? `${Math.round(share * 100)} %` : t('product.pictures.processing')}
            </span>
          </p>
          <progress value={share} max={1} aria-label={name} className="h-1 w-full accent-accent" />
        </li>
      ))}
    </ul>
  );
}

interface AltDialogProps {
  /** The alternative text to edit. Null when the dialog is closed. */
  readonly alt: string | null;
  readonly onClose: () => void;
  readonly onSave: (alt: string) => void;
}

function AltDialog({ alt, onClose, onSave }: AltDialogProps) {
  const { t } = useI18n();
  const [text, setText] = useState(alt ?? '');
  const save = () => {
    onSave(text);
    onClose();
  };
  return (
    <Dialog
      open={alt !== null}
      onOpenChange={(next) => !next && onClose()}
      title={t('product.pictures.alt')}
      description={t('product.pictures.altText')}
      close={t('action.close')}
      actions={
        <Button kind="primary" onClick={save}>
          {t('action.save')}
        </Button>
      }
    >
      <TextField
        label={t('product.pictures.alt')}
        value={text}
        maxLength={255}
        onChange={({ target }) => setText(target.value)}
      />
    </Dialog>
  );
}
