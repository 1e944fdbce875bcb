// Generated from proto/. Do not edit: change the .proto and regenerate.
// swift-format-ignore-file

extension Contract {
  /// A `FileDescriptorSet` of the contract and its imports, without comments, compressed by
  /// zlib, in base64.
  public static let fileDescriptorSet: StaticString = """
    eNqtW9lvG8cZ15I6h5RErSR7JaexLSdN4iSydUS2czgmbVKRbVHKUopzNNmuqJXCmFwyS9K28tAAvVC0D0XvpHfzWKBX\
    +tAWbd/60rtF7/atKPoP9ECBokhnvjl2Zg/JEhMgsvbb3/6++b755je7MyP0T4RGynV3q+7VbLfsTDe8equupyTTVBWh\
    NafZKrXsVrup66jbtWuOoR3T7h0w4Xf9HjS8ZVeqbc+xak6zaW87RgJuDzHzMrXqx1G6ZrfKLzqbFpAkAZVitiI2TZ1D\
    qEAfKjkt/X7U3cK+MV3y3tTs4Wm5qX6jTABN/TuJ9Is+wHRebmMz5shAVBvtLath71Tr9ia0Pv1ElznM76zSG/oJlH6p\
    WXcFEOLAwBSxKqDGhgD1+aDGhgRqObdaAtTPQcTKQSvosEebiVNSb7ca7ZYF7W9BboYCIV+reE4Bbpvj4rkVeIyaIcM0\
    2VZrp+EY3SzD1LaGTfp5NEjSZZXtlrNd93aMHvA0EUruRQYw0y3pSi+hcYjeccv1zYq7bdUbrUrdbRq9mCc1e1ThuYyR\
    eQYkfVPZNkdfkmwr9Fn9NBpreBW3ZbXd6279pmttVZzqZtMYwJz9pg731umtAtzJDaA+ltqpfyTQqNLxzQbmJOWWathe\
    07Ecz6t7tGRxDyAw5olNvw8NNx2vYlcrr3BYL4MNiRsUejfOW6Xm4F5iwAEGTDOzgHltl5gYjJdQmpkpLKoqk7dbld1R\
    VTmJ+prXK42Gswk9Su5zw9tXsbl+1Os5zXa1NVVEerh39bNooo0zDt5sz7N3LNvd4TWtQW+OYwB5MktuZ90dWronVxHy\
    61sfRqn1Ymk1f3GpsJS/lOnS06h/1VxZW8mtFzKa3o+6L5dWipkE/W01l0mSR9byT69ZhRVzObuW6T75UQ2l5ULWx1BG\
    IrXW8qU1zIyfyy0Vs+Yz1KDpg2iAkNPLhH4XOgaXS4vFFTNvrRevFFeuFa3VrFlaKi5SVJI+tJqjl93EldQYau3Z6IWe\
    nUN/09DEdr2+XXVO8b4+hfPE5HeY3prmt6YWUBLnSZ9A/WRQW22vyvS3j1yve1XsrueGXW1T4U2b9CJ3A42W67XpAF2u\
    H5OtkotV7dkH2M3tetV2t6fr3rbfIkLePAWDjrSusfFGIrm4mvtq4s5F+tAqQ05fc6rVKwRHFKYpwvyvhu4MhrnZ9mwy\
    5uNifRj1X2IQ3cAl7WA5wUJA4k2a/JLE69puvQnx9pj0Ivc+LTrgQc7Io565zah5Yxsb/9G0/Ub/dw0dC0YPsmbV7Ob1\
    uPiPowFQuGWMIWE27NaLJPwk7m56kftATJhD4kEe5+xtxgnNIq06UKB/7UF3BANttrx2uRUX5Gsa6i0BQn8E9TKt12CS\
    PxEMa5oCp6nu590WnpHYI5NPopRk1jMoed3ZYWOD/Ko/II+L1OyhEPlT5C4bLw8nzmpTbyZQDxhxy5DbrlYtSqDBLDkZ\
    IihiCOCxUg64/IKIqduubTie5fvXiJhSqwDhPJE5lIKSXHGplYKOIrRRr/NmEOnvJ66IjQIeBRacIgbpgVAPx+SR0ePf\
    RJTVSpM/S+fwcJRXMUREWeUXuV7Ufb3ibk49ggYEQp9GvUDGezQu6Qx18ggaEEnUhxAqrl+9aj2Vvbqez3TlXo0u9RQN\
    htf5qduscxr4gYr8LQ0dDRY5mc6bLbvWiKtznJc1jtm3msUOc0G532Eu2nugDHywO6zmNz0bv2B4zbgEnECpS/X2RtWh\
    vSumKZIAjQ27qSn8zo9fLloRmISEWXJbC/MRmCTHYGfrcaBulWhuNgLTEyCKBA1yEBbqnBiDCqRf4ilJI1kBDUgNyu3g\
    N+wIjJjIYye2ayz/+53YeL8dqBD+9zyahE8I9lnRtOgNVgTvEC+2CojenZuMf/GZ3ONlYXLP6XRy13locq8BPLlHfU+9\
    /hzSyRtltlqFlECm5vA7/xD9CLKrVoXUDSunQW6FYgrCFuZhvCcV2MI8+ZwWsDalS0LhiafXwRoCYsJuKHUFGGBsUkYy\
    SYz4wFKYsUkZyYygq0DMeB/KCOBW5ZaziSnJR0WfKQgK1ByGYlLyadEbgGLW+9GI757Tks+sYVNwlJg9AoyJEQZngmDM\
    LKd+i2iNkQJ1EakHAVLi3wTdMtKgVOJpqmZ45hZPWmQmNgZh3Ke5kSiDmk3QAWOIrouI9oFVad0G0QJjGEa/8AECod9E\
    hwXMpWsGfL1Fh3n78eldh950uHSni8DDFmjMcc6vmPVtZPjZq3tOZdsVnkfB84N7eC7Qp7ifQyLtil130VgwQge/MBnj\
    8PL16EHDy2MOU1djIzb9BTQeCgwcHgKHJ28vKqAfDYQE/C9L/Ha1Yjd5QIeB/7H9B5SlLKpLyagvSC7Zy2Wj4pQdwyCl\
    l0v0J/znaPmtktu4WP2KLte9TWOC4TW/qi9iO87ZiOeU216zcsNf7zsCVTCz73jMjODiNYAHg+c0HJt0PtWqo/g1Eosp\
    twoxlWF47B/DsKQCo9InYExMj2McFlNu9sVUAWLCKQzsVoEBRiamJzBwxAeWwoxMTO/CQF0FUjEVQK56d2MkFlNul8RU\
    hWLSd2JobwBKxdR3z2nvwdhhU3DIYhoAY+J7MTgTBFMx9RsBYnofRib81AsxFTAmpicxTvPj98VUAEFM78cwLKbcyMXU\
    byEV0wfgo9jPphBTnw3E9EGMS/utE2IqYAExPQ2fLZ2LKecPiamfvYCYzoDn/YqpSHtITIMRgvbMYScdi6kaGxfTUGDg\
    cB4c7ktMAyFxZQtUAFO2BVIHVNnUWhDKJp4DZTvD8JpfYqBsd6N0wy5fF7pzhehOLpHRzBS1c+WRYHiYXCW6E4CBTgwy\
    GNOdZaI7gGPPC+WRgZiwSHQnCFQYme6sEN2RgaUgI9OdVaI7QSAozxADcoF4kugOIBmFrzwKFJOaRHdCUFCeYe6e05aI\
    7gCWsUjKo4Ix8RrRnTAYlIennurOOtEdOfVceXj8THeeIrojxy+Uhz1Hdeca0R2AIWoG5XGRzkDyKHq681EEnjKUWxpH\
    ONNtVynEZ1ghdpmD/A4txQAU5+5ZVowqlHaKgLKCfI4VZJcpWFhJBsGY+F2sKAPgADMrzOdZYUrgUpiZFecLrDgDYMz8\
    IMoIMK8kixVolymIeImG4Jj83axIg3DMfgqN+E3h9DYr1C5TcIlSDT+AHWywYg09QIeX3yAo2DIrWKl7aMnKeWFFu8mK\
    VsoLK1tc3wIMheuwwu0y0/wGlK6HxgRQLt6tt6V4u0yds0vlW0XDNbtBK5fV71mY1i7t392y3YBChx906XewJtskbwvz\
    bAic68zbwjz8ULwxG87nCPFGxw8fRg+Dv8KB/NHxRn9SjyQc2Sr7xCGy0fhIhz4X5ulP1Se3cp90NPNB/WgHPunoLwXi\
    lK2yTxwn04bHOvS5MF8KxClb9VtolPhkA1xozHnw+sSBvDIxYv9QvyQw1a54xuFyNXm8U88L8+yfgGdh19+DxiHPPGgh\
    fRfA9+WD5ZqR8H+pdxJi8I7qn/Q0jz3bsX/cr1ty9L5//46qT1SVc53qE2h4QJ+ortdRxvfGhP0iuMsf3B2dBqi/oZpi\
    1LcQaQFMC3RuuATecgfyRiYR8j91lar5FjFc6Ys4+yLLdzJcgYL+lIarZOXJZD7px12hg2RSWvge9JMpGfUPaWhC8hj4\
    TlwE18sduFa+DGkTDtUib+of0dCk1JTgl+MT0JZiB21Rvx5pYw7Xou/qr6JD4bzAq8VSJ6NYipu8S0ijOHBHf6+GDkek\
    A5pwGZpwpfNc+G0Yq0XcIvu3ddepb/E3gTpZpicbrGBl83cTjVFQoHoab8uSLfamA71aLaJlbGC+zHeWwcqG03FEL9lI\
    8tjxIwRGOgCOIsQgREqafPOZIogMKCnAIt4iGxBKCrDkCkdUbttk6V04ojopeJhG3uD75WBl2vY8bw10883OF4VFLNCd\
    BZRhPeVv+9+6jW3/IdoBYg97RVqCBR1mu0jGj7WY7XWxkeivzRIT293TTXRI3V8SjD+hjEdCjP72pTmm7ELFcOKJmHP+\
    dBdOtreqcC7Mc851aYOirTb0Z5T0jhCptNHqbz/QoRNHK7X157vR8saOq9thURmAwhSsv4jLgL9N7WcAbFFNpZUsSH8Z\
    11Rpg9xvKjVG0TLF47S/iqOVdp59WmqMygBogGD9dVwG/K1qPwNg45wr0iqdUvy/oadBdi1+ecVXaqS6HyAYf0sZdy9+\
    ZdcghlMqqN/twimKX9likPoosNMgSH9PSfcofnVDIo5WausfdqMVxa9uX0RlQC3+P8ZlQC5+ZaU/qqmB4v9TXFOV4lf3\
    BaJoA8X/5zhapfjVReGoDKjF/5e4DMjFr+wmcM5FaU+an10wvkbPnk2EY2cIf79anHy8jMR2pSUOKRhfT8TMH+JEkCn8\
    ++eOrqBRaQOeH5gwvhFHJk4R+mT+icSsuqfdLreMbyZ2PXCm7HaTE39nUdrfFHV3jG/R58dCz2dd/M0h9jjdHf28tE9O\
    p+c3dz/XJ7Y06cQsZ0Ka47+d2GuS9zPhz/KL0paZ6Ovv0L9U2K2vRZFLfS2I/L7+biJGLqW+5o/5fS1ziUOdxvfiuKSu\
    9rcP2VOknwQX6afvU5aYfuJQ1k/iSZriHyR2PQooNmhEP4nnpcOJP4wLQ5w99MPwjyNm1Y1DUrE/4n9PElexkmKQisVv\
    wZBM8kcrM8bHknC4RzLpx1CKjixyOWt8XEaQP2uZJX+YYfmQOeMTDFLgkDl9Cg1SBEDmLeOTQRp4k4ar0wTykPEpipBt\
    ZDeV0pwGngXj0wqI8CyIiMjVGeMzQUdnCEA07azxWrC1Z/2QyeU54/UgxTkcT7ogEDOnjc+ydgiSmdOAWcpfvWQVs8v5\
    mRnjcxxDjNTmYyDXs8bnFQzY9LvQkCXld2bO+ELI2xxFFXzUvPHFEGreTyAFPWR8SU4ggKQs0+gWjC+HQAvEn9SmM5Zl\
    fCWEOkNQUpvOYtQboVadnfTQoPqJl0aazc6ZabZeQqlyXZylYMedD3AeQ2aZvID08Aq8fMq6h56yVv76oEc6Te0zyKvq\
    MkMygiEpM+TQWNQ6ucwxGMExGM2hrHvLHN0RHN1hjtA6tswxEsExEs2hrEvLHHoEhy5zXEKHoleZZZa+CJa+GBZ1xVhm\
    6Y1g6ZVZCsiIW/uVeYYjeIbjeAJruDJPJoInE1lt8orsXvWakBmyaDRikXUvCk2mOI8ywZVT+fn+iOf7I4okuBoa8ccN\
    CsdAOIzg8uZeFGmZ4sMaOrLLOmUE17r6txYdn5+RGrOD7thtnTKiMRfVxuzzSI3k+v0aLc6opckIv6bst9NTNlIzmmgi\
    dnUyohkX1Gbs5+yN9Lcw5xCSllz7ULKwspLpIr/ksmZGo788m0mQBhTzi5m3+H/a1DMoJZ9KHEQD2atL2ZJFGcQl5ZEu\
    CRumXcYw+KVWr9NfNrKvZBKTiYyWGxSriWR6vNzb/69k5q3k1J14GlUXqfEMWeYzZPnkBZSS126H8eWKmV9aLLI2SQba\
    KsWA28XPv/8fjL/WYw==
    """

  /// Bytes of the set before it was compressed.
  static let fileDescriptorSetSize = 15669
}
