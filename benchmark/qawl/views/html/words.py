"""The words of the interface, English and Arabic."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "figures": ("Figures", "الأرقام"),
    "figures-about": (
        (
            "F1 in per cent with its interval over articles; P precision, R recall. Alarms: quoted "
            "strings that are no speech, taken for speech; lower is better."
        ),
        (
            "قيمة F1 بالمئة مع مجالها على المقالات؛ P الدقة، R الاسترجاع. "
            "الإنذارات الكاذبة: ما وُضع بين علامتي تنصيص وليس قولا فعُدّ قولا، والأقل أفضل."
        ),
    ),
    "slices": ("By slice", "بحسب الشرائح"),
    "slices-about": (
        "The first measure over parts of the attributions.",
        "المقياس الأول على أجزاء من الأقوال.",
    ),
    "errors": ("Errors by class", "الأخطاء بحسب أصنافها"),
    "errors-about": (
        (
            "Every false positive and false negative is in one class. Gain: what F1 of wholly "
            "right attributions would rise by if this class alone were mended."
        ),
        "كل خطأ في صنف واحد. المكسب: ما ترتفع به F1 للأقوال الصحيحة كلها لو أُصلح هذا الصنف وحده.",
    ),
    "types": ("Types of quotes", "أنواع الأقوال"),
    "types-about": (
        "Aligned pairs: gold in rows, prediction in columns.",
        "الأزواج المتقابلة: المرجع في الصفوف والتنبؤ في الأعمدة.",
    ),
    "documents": ("Documents", "المقالات"),
    "filter": ("Filter", "تصفية"),
    "any": ("any", "الكل"),
    "class": ("Error class", "صنف الخطأ"),
    "slice": ("Slice", "الشريحة"),
    "speaker": ("Speaker", "القائل"),
    "search": ("Words in the text", "كلمات في النص"),
    "list": ("List of documents", "قائمة المقالات"),
    "previous": ("Previous", "السابق"),
    "next": ("Next", "التالي"),
    "system": ("System", "النظام"),
    "gold": ("Gold", "المرجع"),
    "measure": ("Measure", "المقياس"),
    "interval": ("interval", "المجال"),
    "meaning": ("What it is", "المعنى"),
    "gain": ("Gain", "المكسب"),
    "none": ("none", "لا شيء"),
    "shown": ("documents shown", "مقالات معروضة"),
    "no-errors": ("no errors", "لا أخطاء"),
    "implicit": ("implicit", "مضمر"),
    "unnamed": ("unnamed", "غير مسمى"),
    "cue": ("cue", "أداة القول"),
    "quote": ("quote", "القول"),
    "distractor": ("in marks, no speech", "بين علامتين وليس قولا"),
    "direct": ("direct", "مباشر"),
    "indirect": ("indirect", "غير مباشر"),
    "mixed": ("mixed", "مختلط"),
    "legend": ("Legend", "مفتاح الألوان"),
    "speakers": ("Who said what", "من قال ماذا"),
    "text": ("Text", "النص"),
    "nothing": ("Nobody is quoted.", "لا قول منسوبا فيه."),
    "language": ("العربية", "English"),
    "skip": ("Skip to the documents", "إلى المقالات"),
    "script": (
        "The documents are shown by a script, which this browser does not run.",
        "تُعرض المقالات بنص برمجي لا يشغّله هذا المتصفح.",
    ),
    "keys": (
        "Keys: Tab moves through what was said; n and p go to the next and previous document.",
        "المفاتيح: Tab للتنقل بين الأقوال، وn وp للمقال التالي والسابق.",
    ),
    "missed": ("missed", "فائت"),
    "spurious": ("spurious", "زائد"),
    "duplicate": ("duplicate", "مكرر"),
    "boundary": ("boundary", "حدود"),
    "split": ("split", "مجزأ"),
    "merged": ("merged", "مدموج"),
    "cue-missing": ("cue missing", "أداة ناقصة"),
    "type": ("type", "النوع"),
    "several": ("several", "عدة أخطاء"),
    "right": ("right", "صحيح"),
}
