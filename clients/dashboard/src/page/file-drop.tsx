import { Button, classNames } from '@souk/ui';
import { Upload } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';

export interface FileDropProps {
  /** The label of the button that opens the file dialog. */
  readonly label: string;
  /** The text that asks for a file, or the name of the chosen file. */
  readonly text: string;
  /** The accepted file types, as in HTML's `accept`. */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}

/** An area for one file, which staff drop there or choose by a button. */
export function FileDrop({ label, text, accept, disabled = false, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
    if (input.current) input.current.value = ''; // the same file may be chosen again
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={classNames(
        'flex flex-col items-center gap-3 rounded-control border border-dashed border-line-strong px-4 py-8 text-center text-14 text-ink-2',
        isOver && 'bg-accent-soft outline-2 outline-accent',
      )}
    >
      <p className="max-w-full break-words">{text}</p>
      <input
        ref={input}
        type="file"
        accept={accept}
        tabIndex={-1}
        aria-label={label}
        disabled={disabled}
        className="sr-only"
        onChange={({ target }) => take(target.files)}
      />
      <Button
        size="small"
        disabled={disabled}
        icon={<Upload aria-hidden className="size-4" strokeWidth={1.75} />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
    </div>
  );
}
