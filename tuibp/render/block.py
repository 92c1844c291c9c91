"""A layer as drawn: tiles in columns, filled downwards, or an image."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tuibp.render.shape import SINGLE, Shape, TileName


@dataclass(frozen=True)
class Block:
    layer: int
    count: int
    """Neurons of the layer."""
    tile: TileName
    cell_width: int
    cell_height: int
    """Rows of a tile; of a speck in half rows."""
    rows: int
    """Tiles in a column."""
    columns: int
    """Columns that are seen."""
    pitch_x: int
    pitch_y: int
    """From one tile to the next; of a speck in half rows."""
    label: int
    digits: int
    scale: int
    image: tuple[int, int] | None
    x: int = 0
    """Where the first tile is; its label stands to the left of it."""
    y: int = 0
    first: int = 0
    """The first neuron that is seen."""
    shared: int = 0
    """Rows that a tile may share with the one below it."""

    @staticmethod
    def of(layer: int, count: int, shape: Shape, top: int, rows: int) -> Block:
        per_column = -(-count // shape.columns)
        if shape.tile == "speck":
            per_column += per_column % 2
        columns = 1 if shape.tile == "image" else -(-count // per_column)
        return Block(
            layer, count, shape.tile, shape.width, shape.height, per_column, columns, shape.width + shape.gap,
            shape.height - shape.shared, shape.label, shape.digits, shape.scale, shape.image, shared=shape.shared,
        ).centred(top, rows)  # fmt: skip

    @property
    def width(self) -> int:
        """Cells with the label."""
        return self.label + (self.columns - 1) * self.pitch_x + self.cell_width

    @property
    def height(self) -> int:
        """Rows."""
        if self.tile == "image":
            return self.cell_height
        high = (min(self.rows, self.count) - 1) * self.pitch_y + self.cell_height
        return (high + 1) // 2 if self.tile == "speck" else high

    @property
    def spreads(self) -> bool:
        """One column of tiles: it may be drawn apart, and wires reach each of them."""
        return self.columns == 1 and self.rows >= self.count and self.tile in ("box", "double", "single")

    @property
    def ends_empty(self) -> bool:
        """Whether the last cell of a tile is always empty: of the narrowest a number may need it."""
        return self.cell_width > SINGLE

    @property
    def tight(self) -> bool:
        """Whether tiles stand side by side with no cell between them."""
        return self.columns > 1 and self.pitch_x == self.cell_width

    @property
    def least_pitch(self) -> int:
        return self.cell_height - self.shared

    @property
    def joined(self) -> bool:
        """Whether neighbours share the lines of their frames."""
        return self.tile == "box" and self.pitch_y < self.cell_height

    @property
    def until(self) -> int:
        """The neuron after the last one that is seen."""
        return min(self.first + self.rows * self.columns, self.count)

    @property
    def cut(self) -> bool:
        """Whether some neurons are out of sight."""
        return self.tile != "image" and (self.first > 0 or self.until < self.count)

    def widest_pitch(self, rows: int) -> int:
        """How far apart tiles may stand in a column of so many rows."""
        airy = {"box": 9, "double": 4, "single": 2}.get(self.tile, self.cell_height)
        return airy if self.count < 2 else min(airy, (rows - self.cell_height) // (self.count - 1))

    @property
    def middle(self) -> int:
        """The row of a tile, counted from its top, that holds its main number: where wires end."""
        return {3: 1}.get(self.cell_height, 2) if self.tile == "box" else 0

    def centred(self, top: int, rows: int) -> Block:
        return replace(self, y=top + max(rows - self.height, 0) // 2)

    def place(self, neuron: int) -> tuple[int, int] | None:
        """The cell where a neuron's tile begins; None where it is out of sight, or the layer is an image."""
        if self.tile == "image" or not self.first <= neuron < self.until:
            return None
        column, row = divmod(neuron - self.first, self.rows)
        down = row * self.pitch_y
        return self.x + column * self.pitch_x, self.y + (down // 2 if self.tile == "speck" else down)

    def anchor(self, neuron: int) -> int | None:
        """The row of the tile's main number, where wires end."""
        at = self.place(neuron)
        if at is None:
            return None
        return at[1] + self.middle

    # Neurons by column and row of the whole layer, seen or not; of an image by pixel.

    def cell_of(self, neuron: int) -> tuple[int, int]:
        """(column, row) of a neuron."""
        if self.image is not None:
            row, column = divmod(neuron, self.image[1])
            return column, row
        return divmod(neuron, self.rows)

    def neuron_at(self, column: int, row: int) -> int | None:
        """The neuron in a column and row; None where there is none."""
        if self.image is not None:
            h, w = self.image
            return row * w + column if 0 <= column < w and 0 <= row < h else None
        neuron = column * self.rows + row
        return neuron if column >= 0 and 0 <= row < self.rows and neuron < self.count else None

    def rows_in(self, column: int) -> int:
        """How many neurons stand in a column."""
        return self.image[0] if self.image is not None else min(self.rows, self.count - column * self.rows)

    def row_y(self, row: int) -> int:
        """The screen's row of a row of neurons."""
        if self.image is not None:
            return self.y + (row * self.scale if self.scale > 0 else -row // self.scale) // 2
        return self.y + (row * self.pitch_y // 2 if self.tile == "speck" else row * self.pitch_y + self.middle)

    def at(self, x: int, y: int) -> int | None:
        """The neuron at a cell; of two specks in a cell the upper one; of an image the pixel."""
        if self.tile == "image":
            return self._pixel(x - self.x, 2 * (y - self.y))
        column, dx = divmod(x - self.x, self.pitch_x)
        row, dy = divmod((y - self.y) * (2 if self.tile == "speck" else 1), self.pitch_y)
        if not (0 <= column < self.columns and 0 <= row < self.rows and dx < self.cell_width and dy < self.cell_height):
            return None
        neuron = self.first + column * self.rows + row
        return neuron if neuron < self.count else None

    def _pixel(self, x: int, half: int) -> int | None:
        assert self.image is not None
        h, w = self.image
        column, row = (x // self.scale, half // self.scale) if self.scale > 0 else (-x * self.scale, -half * self.scale)
        return row * w + column if 0 <= column < w and 0 <= row < h else None

    def pixel(self, neuron: int) -> tuple[int, int]:
        """The cell where a pixel of an image begins."""
        assert self.image is not None
        row, column = divmod(neuron, self.image[1])
        if self.scale > 0:
            return self.x + column * self.scale, self.y + row * self.scale // 2
        return self.x - column // self.scale, self.y + (-row // self.scale) // 2
