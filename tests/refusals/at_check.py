"""What the runner refuses before it loads a model: tables that do not hold what their chart needs.

`chartspark-runner check` says it on a laptop; in a cluster it stands in status.failedCharts.
"""

from tests.refusals.bad_input import BadInput, Left


def _table(name: str, csv: str, told: str, instead: str) -> BadInput:
    return BadInput(name, {"spec.charts.0.data.csv": csv}, told, instead)


_PLACE = {"spec.model": {"claimName": "weights", "path": "sd"}}
_INDEX = '{"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DConditionModel"]}'
_COMPARED = {"spec.model": {"name": "Icons", "claimName": "weights", "textImageModel": "clip"}}
_CLIP = '{"model_type": "clip"}'
_CLIP_SETTINGS = {
    "clip/config.json": _CLIP,
    "clip/preprocessor_config.json": "{}",
    "clip/tokenizer.json": "{}",
}
_WORDS_ALONE = '{"_class_name": "PixArtAlphaPipeline"}'
_VIDEO = '{"_class_name": "WanPipeline"}'


def _model(name: str, files: dict[str, str], told: str, instead: str) -> BadInput:
    return BadInput(name, _PLACE, told, instead, models=files)


def _clip(name: str, files: dict[str, str], told: str, instead: str) -> BadInput:
    return BadInput(name, _COMPARED, told, instead, models=files)


def _line(name: str, csv: str, told: str, instead: str) -> BadInput:
    return BadInput(name, {"spec.charts.0.type": "Line", "spec.charts.0.data.csv": csv}, told, instead)


def _pie(name: str, csv: str, told: str, instead: str) -> BadInput:
    pie = {"spec.charts.0.type": "Pie", "spec.charts.0.data.csv": csv}
    return BadInput(name, pie, told, instead)


_FARMS = {"spec.charts.0.type": "Area", "spec.charts.0.seriesColumn": "farm"}


def _scatter(name: str, csv: str, told: str, instead: str, **fields: object) -> BadInput:
    scatter = {"spec.charts.0.type": "Scatter", "spec.charts.0.data.csv": csv}
    return BadInput(
        name, scatter | {f"spec.charts.0.{field}": v for field, v in fields.items()}, told, instead
    )


AT_CHECK = (
    BadInput(
        "a column that the table lacks",
        {"spec.charts.0.yColumn": "tons"},
        "the table has no column 'tons'; it has 'year', 'tonnes'; did you mean 'tonnes'?",
        "a column of the header",
    ),
    _table(
        "semicolons between the cells",
        "year;tonnes\n2023;40\n",
        "the table has no column 'year'; it has 'year;tonnes'; its cells seem to be separated by ';'",
        "commas",
    ),
    _table("a blank table", "\n\n\n", "the table is empty; write a header line", "a header and rows"),
    _table(
        "a header without rows",
        "year,tonnes\n",
        "the table has a header and no rows; write one line for each mark",
        "one line for each mark",
    ),
    _table(
        "text where a number is due",
        "year,tonnes\n2023,many\n",
        "row 1 (2023), column 'tonnes' is 'many', and must be a number such as 1234.5",
        "a number",
    ),
    _table(
        "a number with its unit",
        "year,tonnes\n2023,40 t\n",
        "row 1 (2023), column 'tonnes' is '40 t', and must be a number such as 1234.5",
        "the number alone; the unit goes into the column's name or the subtitle",
    ),
    _table(
        "a quoted number with a comma",
        'year,tonnes\n2023,"1,234"\n',
        "column 'tonnes' is '1,234', and must be a number such as 1234.5",
        "1234",
    ),
    _table(
        "a number with a comma, without quotes",
        "year,tonnes\n2023,1,234\n",
        "row 1 (2023) has 3 cells and the header has 2; write 1234, not 1,234",
        "1234",
    ),
    _table(
        "a cell that is empty",
        "year,tonnes\n2023,40\n2024,\n",
        "row 2 (2024), column 'tonnes' is empty, and must be a number such as 1234.5",
        "a number, or leave the row out",
    ),
    _table(
        "NaN",
        "year,tonnes\n2023,NaN\n",
        "row 1 (2023), column 'tonnes' is NaN, and must be a finite number",
        "a number, or leave the row out",
    ),
    _table(
        "infinity",
        "year,tonnes\n2023,inf\n",
        "row 1 (2023), column 'tonnes' is inf, and must be a finite number",
        "a number, or leave the row out",
    ),
    _table(
        "a number too small for any chart",
        "year,tonnes\n2023,2e-308\n",
        "row 1 (2023), column 'tonnes' is 2e-308, and must be zero or between 1e-12 and 1e+15 in size: take another unit",
        "another unit",
    ),
    BadInput(
        "a negative value in a stack",
        {
            "spec.charts.0.data.csv": "year,kind,tonnes\n2023,a,-4\n",
            "spec.charts.0.seriesColumn": "kind",
            "spec.charts.0.stacking": "Stacked",
        },
        "2023, a: column 'tonnes' is -4, and stacked bars show amounts of zero or more; set stacking to Grouped",
        "amounts of zero or more, or stacking: Grouped",
    ),
    BadInput(
        "a bar that two rows tell of",
        {
            "spec.charts.0.data.csv": "year,kind,tonnes\n2023,a,4\n2023,a,5\n",
            "spec.charts.0.seriesColumn": "kind",
        },
        "two rows tell of year '2023' and kind 'a'; write one row for each bar, for instance their sum",
        "one row for each bar",
    ),
    BadInput(
        "seven series",
        {
            "spec.charts.0.data.csv": "year,kind,tonnes\n" + "".join(f"2023,k{i},4\n" for i in range(7)),
            "spec.charts.0.seriesColumn": "kind",
        },
        "column 'kind' names 7 series, and 6 can be told apart; leave some out, or draw a chart for each",
        "up to 6 series",
    ),
    BadInput(
        "names that are cut to the same letters",
        {
            "spec.charts.0.orientation": "Vertical",
            "spec.charts.0.data.csv": "year,tonnes\n"
            + "".join(f"Landwirtschaftskammer{end},4\n" for end in "ABCDEFGHIJKLMNO"),
        },
        "'LandwirtschaftskammerA' and 'LandwirtschaftskammerB' would both be written",
        "shorter names, a larger width, or orientation: Horizontal",
    ),
    BadInput(
        "two series of one point each, at one place",
        {
            "spec.charts.0.type": "Line",
            "spec.charts.0.data.csv": "year,kind,tonnes\n2023,a,4\n2023,b,4\n",
            "spec.charts.0.seriesColumn": "kind",
        },
        "'a' and 'b' are a single point each, and the one would cover the other; add rows, or take type Bar",
        "more rows, or type: Bar",
    ),
    BadInput(
        "two colours for three series",
        {
            "spec.charts.0.data.csv": "year,kind,tonnes\n" + "".join(f"2023,k{i},4\n" for i in range(3)),
            "spec.charts.0.seriesColumn": "kind",
            "spec.charts.0.palette": ["#b5532a", "#2a7fb5"],
        },
        "the palette names 2 colours, and there are 3 series or sectors: name one colour for all, or 3",
        "one colour, or as many as there are series",
    ),
    BadInput(
        "a subject that names no column",
        {"spec.charts.0.subject": "{fruit}"},
        "the table has no column 'fruit'; it has 'year', 'tonnes'",
        "a column of the header in the braces",
    ),
    _table(
        "too many bars",
        "year,tonnes\n" + "".join(f"{year},1\n" for year in range(1800, 2000)),
        "at this size the chart has room for",
        "fewer rows, or a larger width and height",
    ),
    _line(
        "a point of a line that stands twice",
        "year,tonnes\n2023,1\n2024,2\n2023,4\n",
        "rows 1 and 3 both stand at '2023' in column 'year'; add the two up, or name the column of series",
        "one row for each x, or seriesColumn",
    ),
    _line(
        "a line without a place for a point",
        "year,tonnes\n2023,1\n,2\n",
        "row 2, column 'year' is empty; say in every row where it stands",
        "a cell for x in every row",
    ),
    _line(
        "a line of gaps",
        "year,tonnes\n2023,\n2024,\n",
        "column 'tonnes' has no value; write at least one number",
        "at least one number",
    ),
    _line(
        "a line with more points than pixels can tell",
        "day,year,tonnes\n" + "".join(f"x,{day},1\n" for day in range(400)),
        "pixels apart and must be 9.6: at this size a line has room for",
        "means of longer spans, or a larger width",
    ),
    _line(
        "a number beyond what an axis can show",
        "year,tonnes\n2023,1\n2024,2e18\n",
        "row 2 (2024), column 'tonnes' is 2e18, and must be zero or between 1e-12 and 1e+15 in size: take another unit",
        "a larger unit",
    ),
    _line(
        "a place beyond what an axis can show",
        "year,tonnes\n1,1\n2e18,2\n",
        "row 2, column 'year' is 2e18, and must be zero or between 1e-12 and 1e+15 in size: take another unit",
        "another unit",
    ),
    BadInput(
        "an area of one value",
        {"spec.charts.0.type": "Area", "spec.charts.0.data.csv": "year,tonnes\n2023,1\n"},
        "an area needs two values side by side; add a row, or take a Bar chart",
        "two rows or more",
    ),
    BadInput(
        "stacked areas below zero",
        _FARMS | {"spec.charts.0.data.csv": "year,farm,tonnes\n1,a,1\n2,a,1\n1,b,-1\n2,b,1\n"},
        "b is -1 at 1: areas of several series are stacked, and show amounts of zero or more",
        "amounts of zero or more, or a Line chart",
    ),
    BadInput(
        "stacked areas with values at different places",
        _FARMS | {"spec.charts.0.data.csv": "year,farm,tonnes\n1,a,1\n2,a,1\n1,b,1\n3,b,1\n"},
        "series b and a do not have values at the same places, and areas of several series are stacked",
        "a value for each series at each place, or a Line chart",
    ),
    BadInput(
        "seven series of a line",
        {
            "spec.charts.0.type": "Line",
            "spec.charts.0.seriesColumn": "farm",
            "spec.charts.0.data.csv": "year,farm,tonnes\n" + "".join(f"2023,f{i},1\n" for i in range(7)),
        },
        "column 'farm' has 7 different cells, and a chart takes 6 series",
        "at most six series",
    ),
    BadInput(
        "an option of bars for a line, on a laptop",
        {"spec.charts.0.type": "Line", "spec.charts.0.orientation": "Vertical"},
        "spec.charts.0: orientation is for charts of type Bar; leave it out here",
        "no orientation",
    ),
    _pie(
        "a pie of seven sectors",
        "year,tonnes\n" + "".join(f"{year},1\n" for year in range(2018, 2025)),
        "the pie would have 7 sectors, and 6 can be told apart; set top to 5, which adds up the rest, or take type Bar",
        "top: 5",
    ),
    _pie(
        "a pie with a negative value",
        "year,tonnes\n2023,40\n2024,-4\n",
        "row 2 (2024), column 'tonnes' is -4: a pie shows parts of a whole, which are zero or more",
        "amounts of zero or more, or type: Bar",
    ),
    _pie(
        "a pie of nothing",
        "year,tonnes\n2023,0\n2024,0\n",
        "column 'tonnes' adds up to zero, and a pie shows parts of a whole",
        "amounts above zero",
    ),
    _pie(
        "a sector that cannot be seen",
        "year,tonnes\n2023,100000\n2024,1\n",
        "2024 is 0.00% of the whole, an arc of 0.0 pixels at this size, and must be 3",
        "top, or fewer rows, or type: Bar",
    ),
    _scatter(
        "a scatter chart over names",
        "year,tonnes\nearly,40\nlate,70\n",
        "column 'year' holds 'early', and a scatter chart places its points by numbers or dates; take type Bar for names",
        "numbers or dates, or type: Bar",
    ),
    _scatter(
        "a point with a negative size",
        "year,tonnes,trees\n2023,40,-3\n",
        "row 1 (2023), column 'trees' is -3: areas show amounts of zero or more",
        "sizes of zero or more",
        sizeColumn="trees",
    ),
    _scatter(
        "a scatter chart of one place",
        "year,tonnes\n2023,40\n2023,40\n",
        "every point lies on another one, so that none can be read; leave repeated rows out, or add them up",
        "each row once",
    ),
    _scatter(
        "more points than can be seen",
        "year,tonnes\n" + "".join(f"{i},{i}\n" for i in range(2001)),
        "the table has 2001 rows, and a scatter chart shows 2000 points at most; take a sample, or means",
        "a sample, or means",
    ),
    BadInput(
        "a picture among the letters",
        {"spec.charts.0.title": "Apples \U0001f34e"},
        "(RED APPLE); write the texts in a script that the documentation lists, without pictures among the letters",
        "words; the subject is what makes pictures",
    ),
    BadInput(
        "a language that nobody knows",
        {"spec.charts.0.locale": "xx"},
        "nothing is known of the locale 'xx'; write a language and, where it matters, a script or a country",
        "for instance de, pt-BR or zh-Hant",
    ),
    BadInput(
        "a table in a ConfigMap, on a laptop",
        {"spec.charts.0.data": {"configMapKeyRef": {"name": "sales", "key": "jan.csv"}}},
        "the table lies in a ConfigMap, which only the operator reads; to try it here, write it as data.csv",
        "data.csv",
    ),
    _model(
        "a model's folder that is not there",
        {"sdxl/model_index.json": _INDEX},
        "holds sdxl",
        "one of the folders that are there",
    ),
    _model(
        "a model in a single file",
        {"sd/sd-v1-5.safetensors": ""},
        "has no model_index.json, but the single file sd-v1-5.safetensors: name the folder of a diffusers pipeline",
        "a folder written with save_pretrained",
    ),
    _model(
        "a pickle in place of safetensors",
        {"sd/model_index.json": _INDEX, "sd/unet/diffusion_pytorch_model.bin": ""},
        "a pickle, which can run code when it is read: convert it with "
        "DiffusionPipeline.save_pretrained(folder, safe_serialization=True)",
        "safetensors",
    ),
    _model(
        "a model with code of its own",
        {"sd/model_index.json": _INDEX.replace("diffusers", "my_code")},
        "unet is my_code.UNet2DConditionModel; only classes of diffusers and transformers are run",
        "a model of one of the families",
    ),
    _model(
        "a model that makes videos",
        {"sd/model_index.json": _VIDEO},
        "the model is a WanPipeline, which makes no picture of words alone",
        "a text-to-image model",
    ),
    BadInput(
        "a model that cannot paint into charts",
        _PLACE | {"spec.charts.0.conditioning": "Conditional"},
        "a model of the family pixart-alpha cannot paint into a chart, which conditioning Conditional asks for",
        "conditioning: Unconditional, or a model of another family",
        models={"sd/model_index.json": _WORDS_ALONE},
    ),
    BadInput(
        "several subjects of one scene",
        _PLACE
        | {
            "spec.charts.0.conditioning": "Conditional",
            "spec.charts.0.embed": "Background",
            "spec.charts.0.subject": "{year}",
        },
        "the subject '{year}' asks for 2 different pictures, and conditioning Conditional paints one scene behind a chart",
        "one subject, embed: Foreground, or conditioning: Unconditional",
    ),
    _clip(
        "a folder of a CLIP model that is not there",
        {"clip-vit/config.json": _CLIP},
        "holds clip-vit",
        "one of the folders that are there",
    ),
    _clip(
        "a model of pictures in place of one that compares",
        {"clip/model_index.json": _INDEX},
        "has no config.json: name the folder that CLIPModel.save_pretrained and CLIPProcessor.save_pretrained wrote",
        "a CLIP model of transformers",
    ),
    _clip(
        "half a CLIP model",
        {"clip/config.json": '{"model_type": "clip_text_model"}'},
        "is of a model of type clip_text_model, and CLIPScore takes clip",
        "the whole model, with both its halves",
    ),
    _clip(
        "a CLIP model without its words",
        {"clip/config.json": _CLIP, "clip/preprocessor_config.json": "{}", "clip/vocab.json": "{}"},
        "says not how words are read: it has no tokenizer.json, nor vocab.json and merges.txt",
        "the files that CLIPProcessor.save_pretrained writes, too",
    ),
    _clip(
        "a pickle of a CLIP model",
        _CLIP_SETTINGS | {"clip/pytorch_model.bin": ""},
        "holds pytorch_model.bin, a pickle, which can run code when it is read: "
        "convert it with CLIPModel.save_pretrained(folder)",
        "safetensors",
    ),
    _clip(
        "a CLIP model with code of its own",
        _CLIP_SETTINGS | {"clip/config.json": '{"model_type": "clip", "auto_map": {}}'},
        "asks for code of the model's own (auto_map), which is not run",
        "a model of transformers' own class",
    ),
    BadInput(
        "an unknown field, on a laptop",
        {"spec.charts.0.titel": "Apples"},
        "spec.charts.0.titel: there is no such field; did you mean title?",
        "title",
    ),
    BadInput(
        "a field that is missing, on a laptop",
        {"spec.output": Left.OUT},
        "spec.output: must be given",
        "output.claimName",
    ),
    BadInput(
        "two sources of a table, on a laptop",
        {"spec.charts.0.data.configMapKeyRef": {"name": "sales", "key": "jan.csv"}},
        "spec.charts.0.data: name exactly one source of the table: csv or configMapKeyRef",
        "csv or configMapKeyRef",
    ),
    BadInput(
        "a variable that no job may set, on a laptop",
        {"spec.pod.env": [{"name": "PYTHONPATH", "value": "/results"}]},
        "this variable is not for jobs to set",
        "nothing: what is loaded is the image's",
    ),
    BadInput(
        "another kind of object, on a laptop",
        {"kind": "Job"},
        "kind: Input should be 'ChartSparkJob'",
        "a ChartSparkJob",
    ),
)
